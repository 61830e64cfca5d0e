using System.Globalization;
using Berth.Packaging.Pak;

namespace Berth.Packaging.Attach;

/// <summary>The time of an artifact: the one that the build was given, or none, so that the same content gives the same bytes.</summary>
internal static class CreationTime
{
    private const string Annotation = "org.opencontainers.image.created";

    public static void Put(Referrer referrer, string? sourceDateEpoch)
    {
        if (!string.IsNullOrEmpty(sourceDateEpoch))
            referrer.Annotations[Annotation] =
                PakTime.From(sourceDateEpoch).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }
}

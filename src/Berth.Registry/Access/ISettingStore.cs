namespace Berth.Registry.Access;

/// <summary>Values that the registry makes once and keeps, such as the key it signs tokens with.</summary>
public interface ISettingStore
{
    /// <summary>
    /// The value stored under <paramref name="key"/>; when there is none, <paramref name="create"/> makes it. The first writer wins.
    /// </summary>
    ValueTask<string> GetOrAddSettingAsync(string key, Func<string> create, CancellationToken cancellationToken);
}

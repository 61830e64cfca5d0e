using Berth.Packaging.Engine;

namespace Berth.Packaging.Tests.Engine;

public sealed class EngineProbeTests
{
    private static readonly EngineEndpoint Endpoint = EngineEndpoint.Parse("unix:///x");

    [Theory]
    [InlineData("1.41", "1.12", "1.41")]
    [InlineData("1.44", "1.24", "1.44")]
    [InlineData("1.52", "1.44", "1.52")]
    [InlineData("1.60", "1.44", "1.52")]
    [InlineData("1.70", "1.55", "1.55")]
    [InlineData("1.41", null, "1.41")]
    public void The_newest_version_that_both_know_is_taken(string newest, string? oldest, string expected) =>
        Assert.Equal(expected, EngineProbe.Negotiate(newest, oldest, Endpoint).ToString());

    [Theory]
    [InlineData("1.39", "too old")]
    [InlineData("", "is no container engine")]
    [InlineData(null, "is no container engine")]
    public void An_engine_without_a_usable_version_is_refused(string? newest, string expected)
    {
        var e = Assert.Throws<EngineException>(() => EngineProbe.Negotiate(newest, null, Endpoint));

        Assert.Equal(EngineFailure.Version, e.Failure);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }
}

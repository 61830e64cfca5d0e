using Berth.Packaging.Doctor;

namespace Berth.Packaging.Tests.Doctor;

public sealed class VersionOrderTests
{
    [Theory]
    [InlineData("1.9.0", "1.10.0")]
    [InlineData("1.0", "1.0.1")]
    [InlineData("1.0.0-abc", "2.0.0-abc")]
    [InlineData("1.0.9", "1.1.0")]
    [InlineData("99999999999999999999", "100000000000000000000")]
    [InlineData("1", "latest")]
    [InlineData("", "1")]
    [InlineData("a1b2", "a1b3")]
    public void Numbers_count_as_numbers(string lower, string higher)
    {
        Assert.True(VersionOrder.Instance.Compare(lower, higher) < 0);
        Assert.True(VersionOrder.Instance.Compare(higher, lower) > 0);
        Assert.Equal(0, VersionOrder.Instance.Compare(higher, higher));
    }
}

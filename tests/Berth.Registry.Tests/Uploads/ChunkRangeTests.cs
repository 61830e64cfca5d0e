using Berth.Registry.Uploads;

namespace Berth.Registry.Tests.Uploads;

public sealed class ChunkRangeTests
{
    [Theory]
    [InlineData("0-0", 0, 0)]
    [InlineData("10-19", 10, 19)]
    [InlineData("5000000000-5000000001", 5000000000, 5000000001)]
    public void First_and_last_byte_are_read(string text, long first, long last)
    {
        Assert.True(ChunkRange.TryParse(text, out var range));
        Assert.Equal(new ChunkRange(first, last), range);
        Assert.Equal(last - first + 1, range.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("0-")]
    [InlineData("-5")]
    [InlineData("5-4")]
    [InlineData("+0-5")]
    [InlineData(" 0-5")]
    [InlineData("0x0-5")]
    [InlineData("0-5-9")]
    [InlineData("bytes 0-5/6")]
    [InlineData("bytes=0-5")]
    [InlineData("0-9223372036854775807")]
    [InlineData("0-99999999999999999999")]
    [InlineData("٠-٥")]
    public void Everything_else_is_refused(string text) => Assert.False(ChunkRange.TryParse(text, out _));
}

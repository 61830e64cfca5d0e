using Berth.Oci;
using Berth.Server.Api;

namespace Berth.Registry.Tests.Api;

public sealed class ByteRangeTests
{
    [Theory]
    [InlineData("bytes=0-0", 0, 0)]
    [InlineData("bytes=500-999", 500, 999)]
    [InlineData("bytes=500-", 500, 1999)]
    [InlineData("bytes=-500", 1500, 1999)]
    [InlineData("bytes=-5000", 0, 1999)]
    [InlineData("bytes=1500-5000", 1500, 1999)]
    [InlineData("bytes=1999-1999", 1999, 1999)]
    [InlineData("Bytes= 1-2 ", 1, 2)]
    [InlineData("bytes=0-99999999999999999999999999", 0, 1999)]
    [InlineData("bytes=-99999999999999999999999999", 0, 1999)]
    public void A_range_is_cut_to_what_is_there(string header, long first, long last) =>
        Assert.Equal(new ByteRange(first, last), ByteRange.Parse(header, 2000));

    [Theory]
    [InlineData("bytes=500-0")]
    [InlineData("bytes=2000-")]
    [InlineData("bytes=2000-3000")]
    [InlineData("bytes=5000-10000")]
    [InlineData("bytes=-0")]
    [InlineData("bytes=99999999999999999999999999-")]
    public void A_range_outside_is_refused(string header) =>
        Assert.Equal(OciError.RangeInvalid, Assert.Throws<OciException>(() => ByteRange.Parse(header, 2000)).Error);

    [Theory]
    [InlineData("")]
    [InlineData("bytes=")]
    [InlineData("bytes=-")]
    [InlineData("bytes=a-b")]
    [InlineData("bytes=1")]
    [InlineData("bytes=1-2,4-5")]
    [InlineData("bytes=+1-2")]
    [InlineData("bytes=1--2")]
    [InlineData("bytes=1-2x")]
    [InlineData("pages=1-2")]
    [InlineData("1-2")]
    public void What_is_no_single_byte_range_is_ignored(string header) => Assert.Null(ByteRange.Parse(header, 2000));

    [Theory]
    [InlineData("bytes=0-")]
    [InlineData("bytes=0-0")]
    [InlineData("bytes=-1")]
    public void Nothing_has_no_range(string header) => Assert.Throws<OciException>(() => ByteRange.Parse(header, 0));
}

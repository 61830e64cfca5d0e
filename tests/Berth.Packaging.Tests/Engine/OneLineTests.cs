using Berth.Packaging.Engine;

namespace Berth.Packaging.Tests.Engine;

public sealed class OneLineTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("a\r\nb\t\u001b[31mc\n", "a  b  [31mc")]
    [InlineData("123456789", "123456…")]
    public void Foreign_text_becomes_one_short_line(string? text, string expected) =>
        Assert.Equal(expected, OneLine.Of(text, expected.EndsWith('…') ? 6 : 100));
}

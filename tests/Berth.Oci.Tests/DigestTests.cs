using System.Text;

namespace Berth.Oci.Tests;

public sealed class DigestTests
{
    private const string EmptySha256 = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private const string EmptySha512 = "sha512:cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
        + "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e";

    [Theory]
    [InlineData(EmptySha256, DigestAlgorithm.Sha256)]
    [InlineData(EmptySha512, DigestAlgorithm.Sha512)]
    public void The_registered_algorithms_are_read_and_computed(string text, DigestAlgorithm algorithm)
    {
        Assert.True(Digest.TryParse(text, out var digest));
        Assert.Equal(algorithm, digest.Algorithm);
        Assert.Equal(text, digest.ToString());
        Assert.Equal(text.AsSpan(7), digest.Hex);
        Assert.Equal(digest, Digest.Of([], algorithm));
        Assert.NotEqual(digest, Digest.Of(Encoding.ASCII.GetBytes("x"), algorithm));
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha256")]
    [InlineData("sha256:")]
    [InlineData(":e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85")]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8550")]
    [InlineData("sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [InlineData("SHA256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("sha512:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("0:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85g")]
    [InlineData(" sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n")]
    public void What_is_no_digest_is_refused(string text)
    {
        Assert.False(Digest.TryParse(text, out _));
        Assert.Throws<FormatException>(() => Digest.Parse(text));
    }

    [Fact]
    public void A_hash_of_the_wrong_length_makes_no_digest() =>
        Assert.Throws<ArgumentException>(() => Digest.FromHash(DigestAlgorithm.Sha256, new byte[31]));

    [Fact]
    public void The_default_value_is_no_digest()
    {
        Assert.Throws<InvalidOperationException>(() => default(Digest).ToString());
        Assert.Equal(default, default(Digest));
        Assert.NotEqual(default, Digest.Of([]));
    }

    [Fact]
    public void Formatting_into_a_span_that_is_too_short_writes_nothing()
    {
        ISpanFormattable digest = Digest.Of([]);
        Assert.False(digest.TryFormat(new char[10], out var written, default, null));
        Assert.Equal(0, written);
        Assert.True(digest.TryFormat(new char[71], out written, default, null));
        Assert.Equal(71, written);
    }
}

using Berth.Packaging.Build;

namespace Berth.Packaging.Tests.Build;

public sealed class DockerfileSourcesTests
{
    [Theory]
    [InlineData("COPY .env /app/", ".env", true)]
    [InlineData("copy ./.env /app/", ".env", true)]
    [InlineData("ADD .env other /app/", "other", true)]
    [InlineData("COPY .env /app/", "app", false)]
    [InlineData("COPY --chown=1:1 .env /app/", ".env", true)]
    [InlineData("COPY --from=build .env /app/", ".env", false)]
    [InlineData("COPY [\".env\", \"/app/\"]", ".env", true)]
    [InlineData("COPY --chown=1 [\"with space\", \"/app/\"]", "with space", true)]
    [InlineData("COPY a \\\n  .env \\\n  /app/", ".env", true)]
    [InlineData("COPY a \\\n# a comment between\n  .env /app/", ".env", true)]
    [InlineData("# COPY .env /app/", ".env", false)]
    [InlineData("RUN cp .env /app/", ".env", false)]
    [InlineData("COPY .e* /app/", ".e*", false)]
    [InlineData("COPY . /app/", ".", false)]
    [InlineData("COPY [broken /app/", "[broken", false)]
    [InlineData("COPY", "", false)]
    public void What_is_copied_without_a_wildcard_is_named(string dockerfile, string path, bool named) =>
        Assert.Equal(named, DockerfileSources.Parse($"FROM base\n{dockerfile}\n").Names(path));
}

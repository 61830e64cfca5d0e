using System.Text.Json;
using Berth.Packaging.Engine;
using Docker.DotNet.Models;

namespace Berth.Packaging.Tests.Engine;

public sealed class BuildMessagesTests
{
    private readonly List<string> _output = [];

    [Fact]
    public void Pieces_of_output_become_lines()
    {
        Read("""{"stream":"Step 1/2 : FROM scratch"}""", """{"stream":"\n"}""", """{"stream":" ---\u003e \n\u001b[31mred\r\n"}""", """{"stream":"end"}""");

        Assert.Equal(["Step 1/2 : FROM scratch", " ---> ", " [31mred", "end"], _output);
    }

    [Fact]
    public void The_id_of_the_image_is_preferred_to_its_start()
    {
        var messages = Read("""{"aux":{"ID":"sha256:abc123"}}""", """{"stream":"Successfully built abc\n"}""");

        Assert.Equal("sha256:abc123", messages.Image);
    }

    [Fact]
    public void Where_only_the_start_of_the_id_is_printed_that_is_taken()
    {
        Assert.Equal("abc", Read("""{"stream":"Successfully built abc\n"}""").Image);
    }

    [Fact]
    public void A_failure_inside_the_stream_is_found()
    {
        var messages = Read("""{"errorDetail":{"code":1,"message":"returned a non-zero code: 1"},"error":"x"}""");

        Assert.Equal(("returned a non-zero code: 1", null), (messages.Error, messages.Image));
    }

    private BuildMessages Read(params string[] lines)
    {
        var messages = new BuildMessages(_output.Add);
        foreach (var line in lines)
            messages.Report(JsonSerializer.Deserialize<JSONMessage>(line)!);
        messages.Flush();
        return messages;
    }
}

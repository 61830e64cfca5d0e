using System.Net;
using Berth.Registry.Tests.Api;
using CsCheck;

namespace Berth.Registry.Tests.Fuzzing;

/// <summary>Right and wrong requests to one session in any order: it stands where a model of it stands, and ends as the model's content.</summary>
public sealed class UploadModelTests(BerthServer server) : RegistryTest(server)
{
    private static readonly Gen<UploadStep> Step = Gen.Select(
        Gen.OneOf(UploadStepKind.Chunk, UploadStepKind.Chunk, UploadStepKind.Stream, UploadStepKind.Status,
            UploadStepKind.PutChunk, UploadStepKind.PutWrongDigest),
        Gen.Frequency((4, Gen.Const(0)), (1, Gen.Int[-3, 3])),
        Gen.Frequency((4, Gen.Const(0)), (1, Gen.Int[-2, 2])),
        Gen.Char['a', 'z'].Array[1, 6].Select(chars => new string(chars)),
        (kind, shift, stretch, content) => new UploadStep(kind, shift, stretch, content));

    [Fact]
    public Task A_session_stands_where_its_model_stands() =>
        Step.Array[0, 8].SampleAsync(
            RunAsync, iter: FuzzEffort.Requests / 8, time: FuzzEffort.Seconds, print: steps => string.Join(" ; ", steps.AsEnumerable()));

    private async Task RunAsync(UploadStep[] steps)
    {
        var (upload, content) = (await BeginUploadAsync(), "");
        foreach (var step in steps)
            content = await TakeAsync(upload, content, step);
        using var put = await PushAsync("PUT", $"{upload}?digest={DigestOf(content)}");
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        await AssertServedAsync(Header(put, "Location"), content);
    }

    /// <returns>What the session holds after the step.</returns>
    private async Task<string> TakeAsync(string upload, string content, UploadStep step)
    {
        var first = content.Length + step.Shift;
        var range = ("Content-Range", $"{first}-{first + step.Content.Length + step.Stretch - 1}");
        using var answer = step.Kind switch
        {
            UploadStepKind.Chunk => await PushAsync("PATCH", upload, step.Content, range),
            UploadStepKind.Stream => await PushAsync("PATCH", upload, step.Content),
            UploadStepKind.Status => await PushAsync("GET", upload),
            UploadStepKind.PutChunk => await PushAsync("PUT", $"{upload}?digest={DigestOf("something else")}", step.Content, range),
            _ => await PushAsync("PUT", $"{upload}?digest={DigestOf("something else")}", step.Content),
        };
        var taken =
            step.Kind is UploadStepKind.Stream || (step.Kind is UploadStepKind.Chunk && step.Fits) ? content + step.Content : content;
        Assert.Equal(Expected(step, first), (int)answer.StatusCode);
        if ((int)answer.StatusCode < 300)
            Assert.Equal($"0-{Math.Max(0, taken.Length - 1)}", Header(answer, "Range"));
        return taken;
    }

    private static int Expected(UploadStep step, int first) => step.Kind switch
    {
        UploadStepKind.Status => 204,
        UploadStepKind.Stream => 202,
        UploadStepKind.PutWrongDigest => 400,
        _ when first < 0 || step.Content.Length + step.Stretch <= 0 || step.Stretch != 0 => 400,
        _ when step.Shift != 0 => 416,
        _ => step.Kind is UploadStepKind.Chunk ? 202 : 400,
    };
}

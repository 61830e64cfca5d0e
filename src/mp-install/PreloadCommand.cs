using System.Globalization;
using System.Text.Json;
using Berth.Packaging.Preload;

namespace Berth.MpInstall;

/// <summary>One preload: talk to standard error, the result to standard output.</summary>
internal sealed class PreloadCommand(string pak, Func<PreloadOptions> options, bool json)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var observer = new PreloadConsole(Console.Error, showProgress: !Console.IsErrorRedirected);
            var result = await new Preloader(options(), observer, TimeProvider.System).RunAsync(cancellationToken);
            Write(result);
            return ExitCodes.Success;
        }
        catch (PreloadException e)
        {
            return Fail(PreloadExitCodes.Of(e.Failure), e.Message);
        }
        catch (UsageException e)
        {
            return Fail(ExitCodes.Usage, e.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Fail(ExitCodes.Interrupted, "interrupted");
        }
        catch (Exception e)
        {
            return Fail(ExitCodes.Unexpected, $"unexpected error: {e.GetType().Name}: {e.Message}");
        }
    }

    private void Write(PreloadResult result)
    {
        if (json)
        {
            WriteJson(PreloadDocument.Of(pak, result));
            return;
        }

        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            image      {result.Reference}
            came from  {result.Source.Describe()}
            found by   the lookup of {result.Engine}: {result.ImageId}, {result.Bytes / 1e6:0.0} MB
            """));
    }

    private int Fail(int code, string message)
    {
        Console.Error.WriteLine($"{CommandLine.Name}: preload: {message}");
        if (json)
            WriteJson(new PreloadDocument(pak, code) { Error = message });
        return code;
    }

    private static void WriteJson(PreloadDocument document) =>
        Console.Out.WriteLine(JsonSerializer.Serialize(document, PreloadJson.Default.PreloadDocument));
}

using System.Text.Json;
using Berth.Packaging.Install;

namespace Berth.MpInstall;

/// <summary>One installation: stages and talk to standard error, the result to standard output.</summary>
internal sealed class InstallCommand(InstallOptions options, bool json)
{
    private readonly ConsoleObserver _observer = new(Console.Error, showProgress: !Console.IsErrorRedirected);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var result = await new PackInstaller(options, _observer, TimeProvider.System).RunAsync(cancellationToken);
            var failure = result.Failure;
            var code = failure is null ? ExitCodes.Success : ExitCodes.Of(failure);
            WriteResult(result, code);
            if (failure is not null)
                Console.Error.WriteLine($"{CommandLine.Name}: {failure.Stage.Name()}: {Failed(result)}; the first: {failure.Message}");
            return code;
        }
        catch (InstallException e)
        {
            return Fail(ExitCodes.Of(e), e.Stage, e.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Fail(ExitCodes.Interrupted, null, "interrupted");
        }
        catch (Exception e)
        {
            return Fail(ExitCodes.Unexpected, null, $"unexpected error: {e.GetType().Name}: {e.Message}");
        }
    }

    private void WriteResult(InstallResult result, int code)
    {
        if (json)
            WriteJson(InstallDocument.Of(result, code, _observer.Stages, _observer.Notes));
        else
            SummaryTable.Write(Console.Out, result);
    }

    private static string Failed(InstallResult result) =>
        $"{result.Collections.Count(collection => collection.Failure is not null)} of {result.Collections.Count} collections failed";

    private int Fail(int code, InstallStage? stage, string message)
    {
        Console.Error.WriteLine(stage is { } at ? $"{CommandLine.Name}: {at.Name()}: {message}" : $"{CommandLine.Name}: {message}");
        if (json)
            WriteJson(InstallDocument.OfFailure(options.Pak, code, message, _observer.Stages, _observer.Notes));
        return code;
    }

    private static void WriteJson(InstallDocument document) =>
        Console.Out.WriteLine(JsonSerializer.Serialize(document, InstallJson.Default.InstallDocument));
}

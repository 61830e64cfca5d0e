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
            WriteResult(result);
            return ExitCodes.Success;
        }
        catch (InstallException e)
        {
            return Fail(ExitCodes.Of(e.Stage), e.Stage, e.Message);
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

    private void WriteResult(InstallResult result)
    {
        if (json)
            WriteJson(InstallDocument.Of(result, _observer.Stages));
        else
            SummaryTable.Write(Console.Out, result);
    }

    private int Fail(int code, InstallStage? stage, string message)
    {
        Console.Error.WriteLine(stage is { } at ? $"{CommandLine.Name}: {at.Name()}: {message}" : $"{CommandLine.Name}: {message}");
        if (json)
            WriteJson(InstallDocument.OfFailure(options.Pak, code, message, _observer.Stages));
        return code;
    }

    private static void WriteJson(InstallDocument document) =>
        Console.Out.WriteLine(JsonSerializer.Serialize(document, InstallJson.Default.InstallDocument));
}

using Berth.Oci.Signing;
using Berth.Packaging.Pak;
using Berth.Packaging.Remote;

namespace Berth.MpInstall;

/// <summary>Runs a command that looks at a pak, and says in one line why it could not.</summary>
internal static class LookCommand
{
    public static async Task<int> RunAsync(string name, Func<CancellationToken, Task<int>> look, CancellationToken cancellationToken)
    {
        try
        {
            return await look(cancellationToken);
        }
        catch (PakException e)
        {
            return Fail(ExitCodes.Pak, e.Message);
        }
        catch (KeyException e)
        {
            return Fail(ExitCodes.Usage, $"--key: {e.Message}");
        }
        catch (RemoteException e)
        {
            return Fail(LookExitCodes.Remote, e.Message);
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

        int Fail(int code, string message)
        {
            Console.Error.WriteLine($"{CommandLine.Name}: {name}: {message}");
            return code;
        }
    }
}

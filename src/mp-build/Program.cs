using System.CommandLine;
using Berth.MpBuild;

var parsed = CommandLine.Create().Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
        Console.Error.WriteLine($"{CommandLine.Name}: {error.Message}");
    Console.Error.WriteLine($"{CommandLine.Name}: {CommandLine.Name} --help shows the usage.");
    return ExitCodes.Usage;
}

// Time to remove the container after Ctrl-C or SIGTERM; a second signal does not shorten it.
return await parsed.InvokeAsync(new InvocationConfiguration
{
    EnableDefaultExceptionHandler = false,
    ProcessTerminationTimeout = TimeSpan.FromSeconds(60),
});

using System.CommandLine;
using Berth.Server.Auth;
using Berth.Server.Configuration;
using Berth.Server.Diagnostics;

namespace Berth.Server.Commands;

internal static class ServeCommand
{
    public static Command Create(Surroundings around)
    {
        var settings = new SettingOptions();
        var flags = new ServeFlags();
        var printConfig = new Option<bool>("--print-config") { Description = "Print the settings in force as JSON, and stop" };
        var command = new Command("serve", "Run the registry. Its first start makes the user 'admin' and prints the password once.");
        settings.AddTo(command);
        flags.AddTo(command);
        command.Add(printConfig);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = settings.Read(parsed, flags.Read(parsed));
            if (!parsed.GetValue(printConfig))
                return await ServeAsync(options, around, parsed.InvocationConfiguration, cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(EffectiveConfiguration.ToJson(options));
            return ExitCodes.Success;
        });
        return command;
    }

    private static async Task<int> ServeAsync(
        ServerOptions options, Surroundings around, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        var chosen = around.Variable(FirstAdministrator.PasswordVariable);
        await using var berth = await BerthApplication.OpenAsync(
            options, chosen, around.Time, logging => ConsoleLog.Configure(logging, options), cancellationToken);
        if (chosen is not null && PasswordRule.Weakness(chosen) is { } weakness)
            await console.Error.WriteLineAsync($"{FirstAdministrator.PasswordVariable}: {weakness}");
        if (berth.GeneratedPassword is { } password)
        {
            await console.Error.WriteLineAsync($"The user '{FirstAdministrator.Name}' was made. Its password, shown only now: {password}");
            await console.Error.FlushAsync(cancellationToken);
        }

        await berth.StartAsync(cancellationToken);
        await console.Output.WriteLineAsync($"berth is serving {string.Join(' ', berth.Addresses)} from {options.Data}");
        await console.Output.FlushAsync(cancellationToken);
        await berth.WaitForStopAsync(cancellationToken);
        return ExitCodes.Success;
    }
}

using Berth.Chain.Tests.Running;
using Berth.Clients.Tests.Matrix;
using Berth.Clients.Tests.Servers;

namespace Berth.Clients.Tests.Clients;

/// <summary>A column of the table: somebody else's program, used as its own users use it.</summary>
internal abstract class Client
{
    public abstract string Name { get; }

    /// <summary>As the column is headed.</summary>
    public virtual string Title => Name;

    /// <summary>What must be installed; the first is the client itself.</summary>
    public virtual IReadOnlyList<string> Needs => [Name];

    /// <summary>Whether what it pushes is made before, so that its digest is known and must stay.</summary>
    public virtual bool PushesLayouts => false;

    public abstract Abilities Abilities { get; }

    /// <summary>How it was given a login.</summary>
    public virtual string LoginWay => $"`{Name} login`";

    /// <summary>How it was told to trust the registry's authority.</summary>
    public virtual string TrustWay => "`SSL_CERT_FILE`";

    /// <summary>What it is for, which says why it does not do the rest.</summary>
    public abstract string Limits { get; }

    /// <summary>Something that its users should know.</summary>
    public virtual string? Remark => null;

    public virtual bool IsAvailable => Needs.All(Programs.Has);

    public abstract Task<string> VersionAsync();

    /// <summary>What must be in the visit's repository before; null for nothing.</summary>
    public virtual Func<Push, Task>? Before(Operation operation) => operation.Before;

    /// <summary>Stores a login in the home, the password coming from standard input. A client that keeps none does nothing.</summary>
    public abstract Task<CommandResult> LogInAsync(Home home, Site site, Login login);

    /// <summary>Takes away what it has left outside its homes.</summary>
    public virtual Task CleanUpAsync() => Task.CompletedTask;

    /// <summary>The ability to log in: with a home that knows nothing yet; and with a wrong password where the cell has no login.</summary>
    protected Task<CommandResult> LogInAfreshAsync(Visit visit) => LogInAfreshAsync(visit, _ => null);

    /// <param name="visit">Of the cell.</param>
    /// <param name="use">What shows whether the login is good, for a client that does not ask when it logs in.</param>
    protected async Task<CommandResult> LogInAfreshAsync(Visit visit, Func<Home, Command?> use)
    {
        var home = new Home(visit.File("home"), visit.Site);
        var login = visit.Caller ?? visit.Site.Pusher with { Password = "not the password" };
        var result = await LogInAsync(home, visit.Site, login);
        return result.ExitCode == 0 && use(home) is { } command ? await command.RunAsync() : result;
    }
}

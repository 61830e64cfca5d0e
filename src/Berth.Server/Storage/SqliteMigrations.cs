using System.Globalization;
using System.Reflection;

namespace Berth.Server.Storage;

/// <summary>Brings a database from whatever schema it has to the one that this version knows. Numbers are never used twice.</summary>
internal static class SqliteMigrations
{
    private const string Prefix = "migrations/";

    /// <summary>Embedded scripts, named <c>0001-what-it-does.sql</c>, in order.</summary>
    private static readonly (int Version, string Resource)[] All =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => (int.Parse(name.AsSpan(Prefix.Length, 4), CultureInfo.InvariantCulture), name)),
    ];

    internal static readonly string BerthVersion =
        Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The schema that this version brings databases to.</summary>
    internal static int Newest => All[^1].Version;

    /// <exception cref="StorageUnusableException">A newer version wrote it.</exception>
    public static void Apply(SqliteSession session, string file)
    {
        var newest = Newest;
        if (VersionOf(session) == newest)
            return;

        // Another process may be doing the same: whoever comes second finds it done.
        session.InTransaction("BEGIN IMMEDIATE", _ =>
        {
            var version = VersionOf(session);
            if (version > newest)
                throw TooNew(session, file, version, newest);
            foreach (var migration in All.Where(migration => migration.Version > version))
                Apply(session, migration.Version, migration.Resource);
            return true;
        });
    }

    private static long VersionOf(SqliteSession session) => session.FindNumber("PRAGMA user_version") ?? 0;

    private static void Apply(SqliteSession session, int version, string resource)
    {
        using var script = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!);
        session.ExecuteScript(script.ReadToEnd());
        session.Execute("INSERT INTO migration (version, berth_version) VALUES (?1, ?2)", version, BerthVersion);
        session.ExecuteScript($"PRAGMA user_version = {version}");
    }

    private static StorageUnusableException TooNew(SqliteSession session, string file, long version, int newest)
    {
        var writer = session.Scalar("SELECT berth_version FROM migration ORDER BY version DESC LIMIT 1");
        return new StorageUnusableException(
            $"'{file}' has schema {version}, written by berth {writer}; this is berth {BerthVersion}, which knows schema {newest} at most: "
            + $"use berth {writer} or newer.");
    }
}

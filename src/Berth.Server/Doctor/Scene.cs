using Berth.Server.Configuration;
using Berth.Server.Storage;

namespace Berth.Server.Doctor;

/// <summary>What there is to look at.</summary>
/// <param name="Full">True to look at everything where a sample would do.</param>
internal sealed record Scene(DataDirectory Directory, ServerOptions Options, TimeProvider Time, bool Full);

/// <summary>Looks at one thing, and changes nothing.</summary>
internal interface IDoctorCheck
{
    IEnumerable<Finding> Look(Scene scene);
}

/// <summary>Looks at what the database knows, once it is certain that it can be read.</summary>
internal interface IDatabaseCheck
{
    IEnumerable<Finding> Look(Scene scene, SqliteSession database);
}

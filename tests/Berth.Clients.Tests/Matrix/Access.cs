namespace Berth.Clients.Tests.Matrix;

internal enum Access
{
    LoggedIn,
    Anonymous,
}

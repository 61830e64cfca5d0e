namespace Berth.Clients.Tests.Matrix;

internal enum Transport
{
    Http,
    Tls,
}

namespace Berth.Bench.Servers;

internal enum Peer
{
    Berth,
    Distribution,
    Nginx,
}

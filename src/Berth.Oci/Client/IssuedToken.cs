namespace Berth.Oci.Client;

/// <param name="Expires">By this machine's clock, counted from the moment the answer came.</param>
internal sealed record IssuedToken(Authorization Authorization, DateTimeOffset Expires);

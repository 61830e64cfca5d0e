namespace Berth.Torture.Model;

/// <param name="PromisedUntil">
/// Until then the server has to keep it, even when no manifest needs it: the grace, counted from when the request was sent that was
/// answered with "you need not upload".
/// </param>
internal sealed record KnownBlob(DateTimeOffset PromisedUntil);

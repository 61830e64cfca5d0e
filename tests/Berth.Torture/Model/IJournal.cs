namespace Berth.Torture.Model;

/// <summary>Remembers when requests were begun and answered, for a run whose end is chosen afterwards.</summary>
internal interface IJournal
{
    /// <returns>To be called when the request was answered, with whether it did what it should.</returns>
    Action<bool> Begin(string repository, Change change);
}

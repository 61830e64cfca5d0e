using Berth.Torture.Content;

namespace Berth.Torture.Clients;

/// <summary>An upload that was begun and left, to be gone on with later: perhaps after the server was killed.</summary>
/// <param name="Acknowledged">Bytes that the server said it has.</param>
/// <param name="Sent">Bytes that it may have.</param>
internal sealed record OpenUpload(string Repository, string Location, SeededBlob Blob, int Acknowledged, int Sent);

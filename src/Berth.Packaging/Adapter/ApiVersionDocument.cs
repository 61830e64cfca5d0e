namespace Berth.Packaging.Adapter;

/// <summary>Body of <c>GET /apiVersion</c>. All three are required.</summary>
internal sealed record ApiVersionDocument(int Major, int Minor, int Maintenance);

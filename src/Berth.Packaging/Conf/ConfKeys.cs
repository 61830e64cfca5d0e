namespace Berth.Packaging.Conf;

internal static class ConfKeys
{
    public const string AdapterKind = "KINDKEY";
    public const string ApiVersion = "API_VERSION";
    public const string Protocol = "API_PROTOCOL";
    public const string Port = "API_PORT";
    public const string Registry = "REGISTRY";
    public const string Repository = "REPOSITORY";
    public const string Digest = "DIGEST";
}

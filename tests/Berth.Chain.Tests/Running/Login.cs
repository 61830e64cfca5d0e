using System.Net.Http.Headers;
using System.Text;

namespace Berth.Chain.Tests.Running;

/// <summary>A user of the registry.</summary>
internal sealed record Login(string Name, string Password)
{
    public string Encoded => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Name}:{Password}"));

    public AuthenticationHeaderValue Header => new("Basic", Encoded);

    /// <summary>A Docker configuration that stores this login for a registry, as `docker login` leaves it.</summary>
    public string DockerConfig(string host) => $$"""{ "auths": { "{{host}}": { "auth": "{{Encoded}}" } } }""";
}

using Berth.Chain.Tests.Running;
using Berth.Clients.Tests.Servers;

namespace Berth.Clients.Tests.Clients;

/// <summary>
/// Where a client keeps its configuration and logins while it works with one registry as one user. The machine's own configuration
/// is neither read nor changed.
/// </summary>
internal sealed class Home
{
    private readonly string _directory;
    private readonly Site _site;

    public Home(string directory, Site site)
    {
        (_directory, _site) = (directory, site);
        Write(".config/containers/policy.json", """{ "default": [{ "type": "insecureAcceptAnything" }] }""");
        Write(".config/containers/registries.conf", site.Tls ? "" : $"[[registry]]\nlocation = \"{site.Host}\"\ninsecure = true\n");
        if (site.Tls)
            Write($".config/containers/certs.d/{site.Host}/ca.crt", System.IO.File.ReadAllText(site.AuthorityFile));
        Write("auth.json", "{}");
        Write("docker/config.json", "{}");
        Write("storage.conf", $"[storage]\ndriver = \"vfs\"\ngraphroot = \"{File("storage")}\"\nrunroot = \"{File("run")}\"\n");
        Write(
            "containers.conf",
            $"[engine]\nevents_logger = \"none\"\ncgroup_manager = \"cgroupfs\"\n[network]\nnetwork_config_dir = \"{File("networks")}\"\n");
    }

    public string File(string name) => Path.Combine(_directory, name);

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File(name))!);
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    public Command Command(string program, params string[] arguments) =>
        new Command(Programs.Find(program), arguments) { WorkingDirectory = _directory }
            .With("HOME", _directory)
            .With("XDG_CONFIG_HOME", File(".config"))
            .With("XDG_RUNTIME_DIR", _directory)
            .With("DOCKER_CONFIG", File("docker"))
            .With("REGISTRY_AUTH_FILE", File("auth.json"))
            .With("CONTAINERS_CONF", File("containers.conf"))
            .With("CONTAINERS_STORAGE_CONF", File("storage.conf"))
            .With("CONTAINERS_REGISTRIES_CONF", File(".config/containers/registries.conf"));

    /// <summary>A program in Go that has no flag for an authority of one's own.</summary>
    public Command Trusting(string program, params string[] arguments)
    {
        var command = Command(program, arguments);
        return _site.Tls ? command.With("SSL_CERT_FILE", _site.AuthorityFile) : command;
    }
}

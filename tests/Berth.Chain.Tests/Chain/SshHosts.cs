namespace Berth.Chain.Tests.Chain;

/// <summary>
/// Hosts to log in to on a <see cref="Site"/>, each a real sshd. What a login there sees: the engine at its usual place, and a temporary directory
/// that can be looked into.
/// </summary>
internal static class SshHosts
{
    /// <summary>Leaves in the site's directory <c>key</c>, which all let in, and <c>host1.pub</c>, <c>host2.pub</c>, by which they are known.</summary>
    /// <param name="addresses">Address and port of each.</param>
    public static Task StartAsync(Site site, params string[] addresses) => site.Shell(
        $$"""
        mkdir -p /run/sshd there
        ln -s "${DOCKER_HOST#unix://}" /run/docker.sock
        ssh-keygen -q -t ed25519 -N '' -f key
        number=0
        for address in {{string.Join(' ', addresses)}}; do
          number=$((number + 1))
          ssh-keygen -q -t ed25519 -N '' -f host$number
          printf '%s\n' "HostKey $PWD/host$number" "AuthorizedKeysFile $PWD/key.pub" 'StrictModes no' 'PermitRootLogin yes' 'UsePAM no' "PidFile $PWD/sshd$number.pid" \
            "SetEnv TMPDIR=$PWD/there" "ListenAddress $address" > sshd$number
          "$(PATH=$PATH:/usr/sbin type -P sshd)" -f "$PWD/sshd$number" -E "$PWD/sshd$number.log"
          # The first that it writes is that it listens, or why not.
          until [[ -s sshd$number.log ]]; do sleep 0.1; done
          grep -q '^Server listening' sshd$number.log || { cat sshd$number.log >&2; exit 1; }
        done
        """).SucceedAsync();

    /// <summary>Nothing is left of what was done there.</summary>
    public static Task AssertNothingStaysAsync(Site site) => site.Shell("[[ -z $(find there -mindepth 1) ]]").SucceedAsync();
}

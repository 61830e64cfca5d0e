using System.Text;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Tests.Engine;

/// <summary>Images of an adapter written in shell: it answers the whole API, each path with what a test wants.</summary>
internal static class TestAdapter
{
    public const string Kind = "TestAdapter";

    private const string Server =
        """
        read -r method path rest
        length=0
        while read -r header; do
          header=$(printf %s "$header" | /bin/busybox tr -d '\r')
          [ -z "$header" ] && break
          case "$header" in Content-Length:*) length=${header#*: } ;; esac
        done
        body=$(/bin/busybox head -c "$length")
        answer() {
          printf 'HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %s\r\nConnection: close\r\n\r\n%s' "$1" "${#2}" "$2"
        }
        . /routes.sh
        case "$path" in
          /apiVersion) answer '200 OK' '{"major":1,"minor":0,"maintenance":0}' ;;
          /test) answer '200 OK' '{"errorMessage":""}' ;;
          /endpointURLs) answer '200 OK' '{"endpointUrls":["https://vc.example"]}' ;;
          /collect) answer '200 OK' "$(/bin/busybox cat /collect.json)" ;;
          *) answer '404 Not Found' 'no such path' ;;
        esac
        """;

    private const string Collection =
        """
        {"result":[
          {"key":{"name":"a","adapterKind":"TestAdapter","objectKind":"host","identifiers":[]},
           "metrics":[{"key":"cpu","numberValue":1},{"key":"mem","numberValue":2}],"properties":[{"key":"os","stringValue":"linux"}],"events":[]},
          {"key":{"name":"p1","adapterKind":"TestAdapter","objectKind":"process","identifiers":[]},"metrics":[{"key":"cpu","numberValue":1}],"properties":[],"events":[]},
          {"key":{"name":"p2","adapterKind":"TestAdapter","objectKind":"process","identifiers":[]},"metrics":[],"properties":[],"events":[]}],
         "relationships":[{"parent":{"name":"a","adapterKind":"TestAdapter","objectKind":"host","identifiers":[]},
           "children":[{"name":"p1","adapterKind":"TestAdapter","objectKind":"process","identifiers":[]},{"name":"p2","adapterKind":"TestAdapter","objectKind":"process","identifiers":[]}]}],
         "notExistingObjects":[]}
        """;

    // The first process of a container takes no signal from inside: files tell it to crash, or to take all memory.
    private const string First =
        """
        /bin/busybox nc -ll -p 8080 -e /bin/busybox sh /server.sh &
        while [ ! -e /crash ]; do
          [ -e /grow ] && exec /bin/busybox tail /dev/zero
          /bin/busybox usleep 50000
        done
        echo crashed
        exit 3
        """;

    private static readonly string[] Entrypoint = ["/bin/busybox", "sh", "-c", First];

    /// <param name="routes">Shell that may answer a request itself and exit; it has $method, $path, $body and the function answer, and by making the file /crash ends the adapter with exit code 3, by making /grow for its memory.</param>
    public static Task<string> MakeAsync(TestEngine engine, string routes = "", string platform = "linux/amd64") =>
        engine.MakeImageAsync(Entrypoint, [Script("/server.sh", Server), Script("/routes.sh", routes), Script("/collect.json", Collection)], platform);

    private static ContainerFile Script(string path, string text) =>
        new(path, Encoding.UTF8.GetBytes(text), (UnixFileMode)0b110_100_100);
}

namespace Berth.Bench.Servers;

/// <summary>nginx with the same bytes as static files under the same paths: the least that answering such a request costs.</summary>
internal static class NginxServer
{
    /// <summary>Not in everybody's path.</summary>
    public static string Executable => File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx";

    public static RunningServer Start(ServerSettings settings)
    {
        var (port, tlsPort) = (FreePort.Take(), FreePort.Take());
        var tls = settings.Tls ?? throw new BenchException("nginx is started with a certificate");
        var file = Path.Combine(settings.Work, "nginx.conf");
        File.WriteAllText(file, $$"""
            {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
            worker_processes 2;
            daemon off;
            pid {{settings.Work}}/nginx.pid;
            error_log stderr error;
            events { worker_connections 1024; }
            http {
              access_log off;
              sendfile on;
              tcp_nopush on;
              keepalive_requests 100000000;
              default_type application/vnd.oci.image.manifest.v1+json;
              client_body_temp_path {{settings.Work}}/nginx-body;
              proxy_temp_path {{settings.Work}}/nginx-proxy;
              fastcgi_temp_path {{settings.Work}}/nginx-fastcgi;
              uwsgi_temp_path {{settings.Work}}/nginx-uwsgi;
              scgi_temp_path {{settings.Work}}/nginx-scgi;
              server {
                listen 127.0.0.1:{{port}};
                listen 127.0.0.1:{{tlsPort}} ssl;
                ssl_certificate {{tls.Certificate}};
                ssl_certificate_key {{tls.Key}};
                root {{settings.Data}};
              }
            }

            """);
        return new RunningServer(
            Peer.Nginx, port, tlsPort, ServerProcess.Start(settings.Work, Executable, ["-p", settings.Work, "-e", "stderr", "-c", file]));
    }
}

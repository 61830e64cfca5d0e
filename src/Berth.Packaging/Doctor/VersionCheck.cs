using System.Net;
using Berth.Oci;

namespace Berth.Packaging.Doctor;

/// <summary>Whether the answer to GET /v2/ is that of a registry (OCI distribution specification 1.1, "Determining Support").</summary>
internal static class VersionCheck
{
    private const string WrongPlace = "check host and port: that of the registry is wanted, not that of a web interface or another service";

    public static CheckResult Judge(ServerAnswer answer)
    {
        if (answer.Status is not { } status)
            return CheckResult.Failed($"there is no answer in HTTP ({answer.Trouble})", WrongPlace);
        if (answer.Location is { } location && (int)status is >= 300 and < 400)
            return CheckResult.Failed(
                $"/v2/ is redirected to {Quote.Short(location.ToString())}, as no registry does", "use the host that serves the registry itself");
        if (answer.IsWebPage && status is not (HttpStatusCode.Unauthorized or >= HttpStatusCode.InternalServerError))
            return CheckResult.Failed($"a web server answers, and no registry: /v2/ is a web page (status {(int)status})", WrongPlace);
        return status switch
        {
            HttpStatusCode.OK => CheckResult.Passed("answers as a registry, and asks nobody for a login"),
            HttpStatusCode.Unauthorized => Challenged(answer),
            HttpStatusCode.NotFound => CheckResult.Failed("there is a web server, and no registry at /v2/ (status 404)", WrongPlace),
            HttpStatusCode.Forbidden => CheckResult.Failed(
                "does not let this machine in at all (status 403)", "a firewall or an allow list is in front of it: have this machine and each Cloud Proxy let in"),
            HttpStatusCode.TooManyRequests => CheckResult.Failed("limits requests (status 429)", "wait, or raise the limit for this machine"),
            HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => CheckResult.Failed(
                $"the proxy in front does not get through to the registry (status {(int)status})",
                "start the registry behind it; the log of the proxy has the reason"),
            >= HttpStatusCode.InternalServerError => CheckResult.Failed(
                $"the registry itself fails (status {(int)status})", "its log has the reason"),
            _ => CheckResult.Failed($"answers /v2/ with status {(int)status}, which no registry does", WrongPlace),
        };
    }

    /// <summary>Whether only those get in who have a login: HTTP Basic cannot be answered by an anonymous client.</summary>
    public static bool WantsBasic(ServerAnswer answer) =>
        answer.Status is HttpStatusCode.Unauthorized && !Has(answer, "Bearer") && Has(answer, "Basic");

    private static CheckResult Challenged(ServerAnswer answer)
    {
        if (Has(answer, "Bearer"))
            return CheckResult.Passed("answers as a registry, with a token service");
        return Has(answer, "Basic")
            ? CheckResult.Passed("answers as a registry that wants a login with every request (HTTP Basic)")
            : CheckResult.Failed(
                "wants a login and does not say in which form (status 401 without WWW-Authenticate of Bearer or Basic)",
                "if a proxy is in front of the registry, have it pass that header on");
    }

    private static bool Has(ServerAnswer answer, string scheme) => answer.Schemes.Contains(scheme, StringComparer.OrdinalIgnoreCase);
}

using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Serialization;
using HostWatch;
using HostWatch.Api;
using HostWatch.Readings;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
builder.WebHost.UseKestrelHttpsConfiguration();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
    if (TlsPair.Find() is { } pair)
        kestrel.ListenAnyIP(443, listen => listen.UseHttps(X509Certificate2.CreateFromPemFile(pair.Certificate, pair.Key)));
    else
        kestrel.ListenAnyIP(8080);
});
builder.Services.ConfigureHttpJsonOptions(json =>
{
    json.SerializerOptions.TypeInfoResolver = CollectorJson.Default;
    json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
});

var app = builder.Build();
new CollectorEndpoints(new HostCollector()).Map(app);
app.Run();

using System.Text.Json;
using System.Text.Json.Serialization;

namespace HostWatch.Api;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ApiVersion))]
[JsonSerializable(typeof(AdapterConfig))]
[JsonSerializable(typeof(TestResult))]
[JsonSerializable(typeof(EndpointUrls))]
[JsonSerializable(typeof(CollectResult))]
internal sealed partial class CollectorJson : JsonSerializerContext;

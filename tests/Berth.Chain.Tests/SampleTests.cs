using System.Text.Json;
using Berth.Chain.Tests.Chain;
using Berth.Chain.Tests.Running;

namespace Berth.Chain.Tests;

/// <summary>The sample's adapter: what it collects is what it has defined.</summary>
[Collection(EngineTests.Name)]
public sealed class SampleTests : IDisposable
{
    private const string Connection = """
        { "adapterKey": { "name": "here", "adapterKind": "HostWatch", "objectKind": "hostwatch_adapter_instance",
          "identifiers": [{ "key": "host_name", "value": "here", "isPartOfUniqueness": true }, { "key": "process_limit", "value": "3" }] } }
        """;

    private readonly ScratchDirectory _scratch = new();

    [Fact]
    public async Task Everything_collected_is_defined_and_belongs_to_the_host()
    {
        await using var sample = await RunningSample.StartAsync(_scratch);
        var definition = (await sample.GetAsync("/adapterDefinition")).GetProperty("object_types").EnumerateArray()
            .ToDictionary(type => Text(type, "key"), Defined);

        var collected = await sample.PostAsync("/collect", Connection);

        var objects = collected.GetProperty("result").EnumerateArray().ToList();
        Assert.Equal(definition.Keys.Order(), objects.Select(Kind).Distinct().Order());
        foreach (var one in objects)
            Assert.Equal(definition[Kind(one)].Order(), Measured(one).Order());
        var relationship = Assert.Single(collected.GetProperty("relationships").EnumerateArray());
        Assert.Equal("host", Text(relationship.GetProperty("parent"), "objectKind"));
        Assert.Equal(objects.Count - 1, relationship.GetProperty("children").GetArrayLength());
    }

    [Fact]
    public async Task A_connection_without_a_host_name_fails_its_test_and_collects_nothing()
    {
        await using var sample = await RunningSample.StartAsync(_scratch);

        var test = await sample.PostAsync("/test", "{}");
        var collected = await sample.PostAsync("/collect", "{}");

        Assert.Contains("Host name", Text(test, "errorMessage"), StringComparison.Ordinal);
        Assert.Contains("Host name", Text(collected, "errorMessage"), StringComparison.Ordinal);
        Assert.Equal(0, collected.GetProperty("result").GetArrayLength());
    }

    public void Dispose() => _scratch.Dispose();

    private static List<string> Defined(JsonElement type) =>
    [
        .. Keys(type, "identifiers"),
        .. Keys(type, "attributes"),
        .. type.GetProperty("groups").EnumerateArray()
            .SelectMany(group => Keys(group, "attributes").Select(key => $"{Text(group, "key")}|{key}")),
    ];

    private static List<string> Measured(JsonElement one) =>
        [.. Keys(one.GetProperty("key"), "identifiers"), .. Keys(one, "metrics"), .. Keys(one, "properties")];

    private static IEnumerable<string> Keys(JsonElement element, string list) =>
        element.GetProperty(list).EnumerateArray().Select(member => Text(member, "key"));

    private static string Kind(JsonElement one) => Text(one.GetProperty("key"), "objectKind");

    private static string Text(JsonElement element, string member) => element.GetProperty(member).GetString()!;
}

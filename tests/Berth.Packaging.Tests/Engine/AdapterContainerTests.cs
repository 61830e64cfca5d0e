using System.Net;
using System.Text;
using Berth.Packaging.Adapter;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Tests.Engine;

[Collection(NeedsEngine.Name)]
[Trait(NeedsEngine.Trait, NeedsEngine.TraitValue)]
public sealed class AdapterContainerTests(TestEngine test)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void The_engine_says_what_it_is()
    {
        Assert.NotEmpty(test.Engine.Info.Version);
        Assert.Equal("linux/amd64", test.Engine.Info.Platform.ToString());
    }

    [Fact]
    public async Task The_limits_are_those_of_the_platform()
    {
        var spec = Spec(await test.MakeImageAsync(["/bin/busybox", "sleep", "600"])) with { MemoryMegabytes = 64 };
        await using var container = await StartAsync(spec);

        var host = (await test.InspectAsync(container.Id)).HostConfig!;

        Assert.Equal(64L << 20, host.Memory);
        var system = await test.Engine.Client.System.GetSystemInfoAsync(Cancellation);
        Assert.Equal(system.SwapLimit ? (64L + 512) << 20 : -1, host.MemorySwap);
        Assert.DoesNotContain(host.PortBindings?.Values ?? [], bindings => bindings?.Count > 0);
    }

    [Fact]
    public async Task Files_reach_an_image_made_from_scratch_and_a_user_who_is_not_root()
    {
        using var tls = AdapterTls.Create("x", TimeProvider.System);
        var image = await test.MakeImageAsync(["/bin/busybox", "cat", AdapterTls.CertificatePath, AdapterTls.KeyPath], user: "1000:1000");
        await using var container = await StartAsync(Spec(image) with { Files = tls.Files });
        await test.Engine.Client.Containers.WaitContainerAsync(container.Id, Cancellation);

        var log = await container.GetLogTailAsync(1000, Cancellation);

        var expected = tls.Files.SelectMany(file => Encoding.ASCII.GetString(file.Content.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(expected, log);
    }

    [Fact]
    public async Task Files_leave_the_directories_of_the_image_as_they_are()
    {
        using var tls = AdapterTls.Create("x", TimeProvider.System);
        const UnixFileMode mode = (UnixFileMode)0b110_100_100;
        var image = await test.MakeImageAsync(
            ["/bin/busybox", "ls", "/etc/ssl/certs"], [new ContainerFile("/etc/ssl/certs/ca.pem", "x"u8.ToArray(), mode)]);
        await using var container = await StartAsync(Spec(image) with { Files = tls.Files });
        await test.Engine.Client.Containers.WaitContainerAsync(container.Id, Cancellation);

        Assert.Equal(["ca.pem", "dockerized.crt", "dockerized.key"], await container.GetLogTailAsync(10, Cancellation));
    }

    [Fact]
    public async Task The_environment_and_the_labels_are_set()
    {
        var spec = Spec(await test.MakeImageAsync(["/bin/busybox", "env"])) with
        {
            Environment = new Dictionary<string, string> { ["A"] = "b c" },
            Labels = new Dictionary<string, string> { [ContainerLabels.Tool] = "test" },
        };
        await using var container = await StartAsync(spec);
        await test.Engine.Client.Containers.WaitContainerAsync(container.Id, Cancellation);

        Assert.Contains("A=b c", await container.GetLogTailAsync(100, Cancellation));
        Assert.Equal("test", (await test.InspectAsync(container.Id)).Config!.Labels["berth.tool"]);
    }

    [Fact]
    public async Task A_log_directory_is_mounted_at_var_log()
    {
        using var logs = new TempDirectory();
        var spec = Spec(await test.MakeImageAsync(["/bin/busybox", "touch", "/var/log/adapter.log"])) with { LogDirectory = logs.FullPath };
        await using var container = await StartAsync(spec);
        await test.Engine.Client.Containers.WaitContainerAsync(container.Id, Cancellation);

        Assert.True(File.Exists(logs.Path("adapter.log")));
    }

    [Fact]
    public async Task The_container_is_reached_at_its_own_address()
    {
        Assert.True(test.Engine.Info.SharesHostNetwork, "These tests need an engine whose containers this machine routes to.");
        await using var container = await StartAsync(Spec(await TestAdapter.MakeAsync(test)));

        var address = await AssertAnswersAsync(container);

        Assert.False(IPAddress.IsLoopback(address.Address));
        Assert.Equal(8080, address.Port);
    }

    [Fact]
    public async Task A_published_port_is_on_the_loopback_address_only()
    {
        await using var container = await StartAsync(Spec(await TestAdapter.MakeAsync(test)) with { HostPort = 0 });

        var address = await AssertAnswersAsync(container);

        Assert.Equal(IPAddress.Loopback, address.Address);
        var bindings = (await test.InspectAsync(container.Id)).NetworkSettings!.Ports["8080/tcp"];
        Assert.Equal("127.0.0.1", Assert.Single(bindings).HostIP);
    }

    [Fact]
    public async Task A_container_that_has_ended_says_how()
    {
        await using var container = await StartAsync(Spec(await test.MakeImageAsync(["/bin/busybox", "sh", "-c", "echo one; echo two >&2; exit 3"])));
        await test.Engine.Client.Containers.WaitContainerAsync(container.Id, Cancellation);

        var state = await container.GetStateAsync(Cancellation);

        Assert.Equal((false, 3L, false), (state.Running, state.ExitCode, state.OutOfMemory));
        Assert.Equal(["one", "two"], (await container.GetLogTailAsync(10, Cancellation)).Order());
        Assert.Single(await container.GetLogTailAsync(1, Cancellation));
    }

    [Fact]
    public async Task Only_the_end_of_a_long_log_is_read()
    {
        const string script = "i=0; while [ $i -lt 3000 ]; do echo 0123456789012345678901234567890123456789-$i; i=$((i+1)); done";
        await using var container = await StartAsync(Spec(await test.MakeImageAsync(["/bin/busybox", "sh", "-c", script])));
        await test.Engine.Client.Containers.WaitContainerAsync(container.Id, Cancellation);

        var log = await container.GetLogTailAsync(2900, Cancellation);

        Assert.InRange(log.Count, 500, 1500);
        // The first line may be cut off; the rest has no gap.
        Assert.Equal(Enumerable.Range(3001 - log.Count, log.Count - 1), log.Skip(1).Select(line => int.Parse(line.Split('-')[1])));
    }

    [Fact]
    public async Task Running_out_of_memory_is_seen()
    {
        var spec = Spec(await test.MakeImageAsync(["/bin/busybox", "tail", "/dev/zero"])) with { MemoryMegabytes = 16 };
        await using var container = await StartAsync(spec);
        await test.Engine.Client.Containers.WaitContainerAsync(container.Id, Cancellation);

        Assert.True((await container.GetStateAsync(Cancellation)).OutOfMemory);
    }

    [Fact]
    public async Task Disposing_removes_a_running_container_and_twice_does_no_harm()
    {
        var container = await StartAsync(Spec(await test.MakeImageAsync(["/bin/busybox", "sleep", "600"])));

        await container.DisposeAsync();
        await container.DisposeAsync();

        await Assert.ThrowsAsync<Docker.DotNet.DockerContainerNotFoundException>(() => test.InspectAsync(container.Id));
    }

    [Fact]
    public async Task What_the_engine_refuses_is_said_in_its_words()
    {
        var spec = Spec(await test.MakeImageAsync(["/nothing"]));

        var e = await Assert.ThrowsAsync<EngineException>(() => StartAsync(spec));

        Assert.Equal(EngineFailure.Refused, e.Failure);
        Assert.Contains("while starting the container", e.Message, StringComparison.Ordinal);
        Assert.Contains("no such file or directory", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public async Task A_port_of_this_machine_that_is_in_use_is_refused()
    {
        var image = await test.MakeImageAsync(["/bin/busybox", "sleep", "600"]);
        await using var first = await StartAsync(Spec(image) with { HostPort = 0 });
        var port = (await first.FindAddressAsync(Cancellation))!.Port;

        var e = await Assert.ThrowsAsync<EngineException>(() => StartAsync(Spec(image) with { HostPort = port }));

        Assert.Contains("already allocated", e.Message, StringComparison.Ordinal);
    }

    private static ContainerSpec Spec(string image) => new() { Image = image, Port = 8080 };

    private async Task<AdapterContainer> StartAsync(ContainerSpec spec)
    {
        var container = await AdapterContainer.CreateAsync(test.Engine, spec, TimeProvider.System, Cancellation);
        try
        {
            await container.StartAsync(Cancellation);
            return container;
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }

    private static async Task<IPEndPoint> AssertAnswersAsync(AdapterContainer container)
    {
        IPEndPoint? found = null;
        var ready = await new AdapterReadiness(TimeProvider.System).WaitAsync(
            container, address => new AdapterApi(found = address, null, TimeProvider.System), Cancellation);
        ready.Api.Dispose();
        Assert.Equal("1.0.0", ready.Version.ToString());
        return found!;
    }
}

using System.Net;
using Berth.Oci.Client;

namespace Berth.Oci.Tests.Client;

public sealed class LoopbackBypassingProxyTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5000/", true)]
    [InlineData("https://localhost/", true)]
    [InlineData("http://[::1]:5000/", true)]
    [InlineData("https://h.example/", false)]
    public void The_proxy_of_the_environment_is_used_for_everything_but_this_machine(string destination, bool bypassed)
    {
        var proxy = new LoopbackBypassingProxy(new WebProxy("http://proxy.example:3128"));
        Assert.Equal(bypassed, proxy.IsBypassed(new Uri(destination)));
        Assert.Equal(bypassed ? null : new Uri("http://proxy.example:3128"), proxy.GetProxy(new Uri(destination)));
    }
}

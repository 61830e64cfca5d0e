using Berth.Packaging.Engine;

namespace Berth.Packaging.Tests.Engine;

public sealed class AnonymousPullHandlerTests
{
    [Theory]
    [InlineData("http://docker.sock/v1.41/images/create?fromImage=a&tag=b", false)]
    [InlineData("http://docker.sock/images/create", false)]
    [InlineData("http://docker.sock/v1.41/images/a/push", true)]
    public async Task Credentials_go_with_pushes_and_never_with_pulls(string url, bool kept)
    {
        var inner = new Recorder();
        using var client = new HttpMessageInvoker(new AnonymousPullHandler(inner));
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Headers.Add("X-Registry-Auth", "e30=");

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(kept, inner.HadCredentials);
    }

    private sealed class Recorder : HttpMessageHandler
    {
        public bool HadCredentials { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HadCredentials = request.Headers.Contains("X-Registry-Auth");
            return Task.FromResult(new HttpResponseMessage());
        }
    }
}

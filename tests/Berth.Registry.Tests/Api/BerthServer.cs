using System.Collections.Concurrent;
using Berth.Registry.Access;
using Berth.Registry.Tests.Storage;
using Berth.Server;
using Berth.Server.Auth;
using Berth.Server.Configuration;
using Berth.Server.Diagnostics;
using Berth.Server.Storage;
using Microsoft.Extensions.Logging;

namespace Berth.Registry.Tests.Api;

/// <summary>A registry on a real socket, with a data directory of its own, an administrator and a user who may push.</summary>
public class BerthServer : IAsyncLifetime
{
    public const string Admin = "admin";
    public const string Pusher = "pusher";
    public const string Password = "correct horse";

    public const int CheapestBcrypt = 4;

    private readonly TemporaryDirectory _directory = new();
    private readonly CapturedLog _log = new();
    private BerthApplication? _application;

    /// <summary>Without a slash at the end.</summary>
    public string Url => _application!.Addresses.Single();

    public string Data => _directory["data"];

    /// <summary>Sends nothing that was not asked for, and follows no redirect.</summary>
    public HttpClient Client { get; private set; } = null!;

    public IEnumerable<string> LogLines => _log.Lines;

    internal BerthApplication Application => _application!;

    internal TimeProvider Time { get; init; } = TimeProvider.System;

    internal Func<ServerOptions, ServerOptions> Configure { get; init; } = options => options;

    public async ValueTask InitializeAsync()
    {
        await StartAsync();
        await AddUserAsync(Pusher, Password);
    }

    /// <summary>Another server on the same data, after the first one was stopped.</summary>
    public async Task RestartAsync()
    {
        Client.Dispose();
        await _application!.DisposeAsync();
        await StartAsync();
    }

    public async Task AddUserAsync(string name, string password)
    {
        using var stores = SingleNodeStores.OpenForCommand(Data, Time);
        using var hasher = new PasswordHasher(CheapestBcrypt);
        Assert.True(await stores.Accounts.AddAccountAsync(new Account(name, hasher.Hash(password), false), Time.GetUtcNow(), CancellationToken.None));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application!.DisposeAsync();
        _directory.Dispose();
    }

    private async Task StartAsync()
    {
        var options = Configure(new ServerOptions
        {
            Data = Data, Listen = [ListenUrl.Parse("http://127.0.0.1:0")], PasswordCost = CheapestBcrypt, LogLevel = LogLevel.Debug,
        });
        _application = await BerthApplication.OpenAsync(options, Password, Time, _log.AddTo, CancellationToken.None);
        await _application.StartAsync(CancellationToken.None);
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false })
        {
            BaseAddress = new Uri(Url),
        };
    }

    private sealed class CapturedLog : ILoggerProvider
    {
        private readonly ConcurrentQueue<string> _lines = [];

        public IEnumerable<string> Lines => _lines;

        public void AddTo(ILoggingBuilder logging)
        {
            ConsoleLog.AddFilters(logging, LogLevel.Trace);
            logging.AddProvider(this);
        }

        public ILogger CreateLogger(string categoryName) => new Logger(_lines);

        public void Dispose()
        {
        }

        private sealed class Logger(ConcurrentQueue<string> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");
        }
    }
}

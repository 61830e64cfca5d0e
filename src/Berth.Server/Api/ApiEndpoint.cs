using Berth.Registry.Access;

namespace Berth.Server.Api;

/// <summary>What answers a method on a kind of address, and what the caller must be allowed to do in the repository.</summary>
internal sealed record ApiEndpoint(RepositoryActions Needs, Func<ApiRequest, Task> AnswerAsync);

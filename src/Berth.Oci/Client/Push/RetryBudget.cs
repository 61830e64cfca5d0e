using System.Net;

namespace Berth.Oci.Client.Push;

/// <summary>How often one thing is tried again, and how long is waited in between.</summary>
internal sealed class RetryBudget(string what, PushLimits limits, TimeProvider time, IBlobPushObserver observer)
{
    private int _failures;
    private long _furthest;

    /// <summary>Whether a failure may be gone the next time. A refusal is not: asking again only wears out the login.</summary>
    public static bool MayPass(RegistryException e) =>
        e.Reason is RegistryFailure.Unreachable or RegistryFailure.RateLimited
        || (e.Reason is RegistryFailure.Server && e.Status is not HttpStatusCode.NotImplemented);

    /// <summary>Waits before the next try.</summary>
    /// <param name="reached">How far the thing got; further than ever before, and earlier failures no longer count.</param>
    /// <exception cref="RegistryException">It was tried often enough.</exception>
    public async Task WaitAsync(RegistryException failure, long reached, CancellationToken cancellationToken)
    {
        if (reached > _furthest)
            (_furthest, _failures) = (reached, 0);
        if (++_failures > limits.Retries)
            throw GivenUp(failure);
        var wait = failure.RetryAfter ?? Doubled();
        if (wait > limits.LongestAsked)
            throw failure;
        observer.Retrying(what, failure.Message, wait);
        await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
    }

    public async Task<T> RunAsync<T>(Func<Task<T>> attempt, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await attempt().ConfigureAwait(false);
            }
            catch (RegistryException e) when (MayPass(e))
            {
                await WaitAsync(e, 0, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private TimeSpan Doubled()
    {
        var wait = limits.FirstWait * Math.Pow(2, Math.Min(_failures - 1, 30));
        return wait < limits.LongestWait ? wait : limits.LongestWait;
    }

    private RegistryException GivenUp(RegistryException last) =>
        new(last.Reason, $"{what} was given up after {limits.Retries} retries: {last.Message}", last)
        {
            Status = last.Status,
            RetryAfter = last.RetryAfter,
        };
}

namespace Berth.Packaging.Build;

/// <summary>Ends a proof at the first thing that speaks against the image.</summary>
internal sealed class PullFaultException(PullFault fault, string problem) : Exception(problem)
{
    public PullFault Fault { get; } = fault;
}

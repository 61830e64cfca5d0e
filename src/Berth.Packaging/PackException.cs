using Berth.Packaging.Project;

namespace Berth.Packaging;

/// <summary>No pak could be made. Each problem is one line that says what to do.</summary>
public sealed class PackException : Exception
{
    public PackException(PackFailure failure, string problem, Exception? inner = null)
        : base(problem, inner)
    {
        Failure = failure;
        Problems = [problem];
    }

    public PackException(PackFailure failure, IReadOnlyList<string> problems)
        : base(string.Join(Environment.NewLine, problems))
    {
        Failure = failure;
        Problems = problems;
    }

    public PackFailure Failure { get; }

    public IReadOnlyList<string> Problems { get; }

    /// <summary>Set when this is all that is wrong: then it is enough to make the manifest name the adapter of describe.xml.</summary>
    public AdapterKindMismatch? KindMismatch { get; init; }
}

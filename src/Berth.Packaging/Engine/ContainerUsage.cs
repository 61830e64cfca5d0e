namespace Berth.Packaging.Engine;

/// <summary>What a container has taken so far, and holds now.</summary>
/// <param name="Processor">Since it was started.</param>
/// <param name="Memory">In bytes, without what the kernel only keeps because nobody else wants the room.</param>
internal sealed record ContainerUsage(TimeSpan Processor, long Memory);

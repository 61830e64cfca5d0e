using System.Net;
using System.Text;
using Berth.Packaging.Engine;

namespace Berth.Packaging.Preload;

/// <summary>The hosts file, and lines in it that say whose they are, so that what a killed run left is known and removed.</summary>
/// <remarks>
/// Written in place: in a container the file is a mount and cannot be replaced. A line goes to the end in one write, and is taken away
/// by cutting the file off there, so that no moment has half a file.
/// </remarks>
internal sealed class HostsFile(string path, TimeProvider time)
{
    private const string Mark = "# mp-install preload ";
    private const long Longest = 16 * 1024 * 1024;

    private static readonly TimeSpan LockWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LockStep = TimeSpan.FromMilliseconds(20);

    public string Path => path;

    /// <summary>What the file says of a name.</summary>
    public IReadOnlyList<IPAddress> Find(string name)
    {
        try
        {
            return [.. File.ReadLines(path).Select(line => AddressOf(line, name)).OfType<IPAddress>()];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(e);
        }
    }

    /// <summary>Adds a line; disposing what is returned takes it away again.</summary>
    /// <exception cref="PreloadException">The file cannot be written.</exception>
    public async Task<HostsLine> AddAsync(IPAddress address, string name, CancellationToken cancellationToken)
    {
        var line = $"{address} {name} {Mark}{RunMark.Own}";
        await EditAsync(text => text is "" or [.., '\n'] ? $"{text}{line}\n" : $"{text}\n{line}\n", cancellationToken);
        return new HostsLine(this, line);
    }

    public Task RemoveAsync(string line) =>
        EditAsync(text => Without(text, other => other == line), CancellationToken.None);

    /// <summary>Takes away what runs left that were killed. A file that cannot be read or written is left to those who need it.</summary>
    public async Task RemoveLeftoversAsync(Action<string> note, CancellationToken cancellationToken)
    {
        try
        {
            if (!File.Exists(path) || !File.ReadLines(path).Any(IsLeftover))
                return;
            await EditAsync(text => Without(text, IsLeftover), cancellationToken);
            note($"{path}: the line of a run that was killed is removed");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or PreloadException)
        {
            note($"{path}: has a line of a run that was killed ('{Mark.Trim()}'), and cannot be written: remove it as root");
        }
    }

    internal static bool IsLeftover(string line)
    {
        var at = line.IndexOf(Mark, StringComparison.Ordinal);
        return at >= 0 && RunMark.IsLeftover(line[(at + Mark.Length)..].Trim());
    }

    private static string Without(string text, Func<string, bool> unwanted) =>
        string.Join('\n', text.Split('\n').Where(line => !unwanted(line)));

    private static IPAddress? AddressOf(string line, string name)
    {
        var words = line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Skip(1).Contains(name, StringComparer.OrdinalIgnoreCase) && IPAddress.TryParse(words[0], out var address) ? address : null;
    }

    private async Task EditAsync(Func<string, string> edit, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = await LockAsync(cancellationToken);
            if (file.Length > Longest)
                throw new IOException("it is too large");
            var bytes = new byte[file.Length];
            await file.ReadExactlyAsync(bytes, cancellationToken);
            var after = Encoding.Latin1.GetBytes(edit(Encoding.Latin1.GetString(bytes)));
            var same = bytes.AsSpan().CommonPrefixLength(after);
            file.Position = same;
            await file.WriteAsync(after.AsMemory(same), CancellationToken.None);
            file.SetLength(after.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(e);
        }
    }

    /// <summary>Alone with the file among those who do the same.</summary>
    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.None);
            }
            catch (IOException e) when (e is not FileNotFoundException and not DirectoryNotFoundException && time.GetElapsedTime(started) < LockWait)
            {
                await Task.Delay(LockStep, time, cancellationToken);
            }
        }
    }

    private PreloadException Unusable(Exception e) => new(
        PreloadFailure.Name,
        $"{path}: the name of the pak's registry has to be led to this machine there for the time of the pull, and that fails: {OneLine.Of(e.Message)} Run this as root.",
        e);
}

using System.Globalization;

namespace Berth.Packaging.Build;

/// <summary>Writes what a build says to <c>logs/build.log</c> of its project, and passes it on. Earlier logs become <c>build.log.1</c> to <c>.5</c>.</summary>
/// <remarks>A log that cannot be written is a note and no failure: the pak is what was asked for.</remarks>
public sealed class BuildLog : IPackObserver, IDisposable
{
    public const string FileName = "build.log";

    private const int Earlier = 5;

    private readonly IPackObserver _next;
    private readonly TimeProvider _time;
    private readonly TextWriter _file;
    private readonly LogLevel _level;

    /// <param name="file">Is disposed with the log.</param>
    internal BuildLog(IPackObserver next, TimeProvider time, TextWriter file, LogLevel level = LogLevel.Debug) =>
        (_next, _time, _file, _level) = (next, time, TextWriter.Synchronized(file), level);

    /// <param name="project">Directory of the project. Where there is none yet, nothing is made.</param>
    /// <param name="level">The least that is written.</param>
    public static BuildLog Open(string project, IPackObserver next, TimeProvider time, LogLevel level = LogLevel.Debug)
    {
        if (!File.Exists(Path.Combine(project, "manifest.txt")))
            return new BuildLog(next, time, TextWriter.Null);
        try
        {
            var directory = Directory.CreateDirectory(Path.Combine(project, "logs")).FullName;
            RollOver(Path.Combine(directory, FileName));
            return new BuildLog(next, time, new StreamWriter(Path.Combine(directory, FileName)) { AutoFlush = true }, level);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            next.Note($"there will be no log of this build: {e.Message}");
            return new BuildLog(next, time, TextWriter.Null);
        }
    }

    public void Started(PackStage stage) => _next.Started(stage);

    public void Ended(PackStage stage, bool succeeded, TimeSpan elapsed, string detail)
    {
        Write(succeeded ? LogLevel.Info : LogLevel.Error, string.Create(
            CultureInfo.InvariantCulture, $"{stage.Name()} {(succeeded ? "ok" : "failed")} after {elapsed.TotalSeconds:0.00} s {detail}").TrimEnd());
        _next.Ended(stage, succeeded, elapsed, detail);
    }

    public void Note(string text)
    {
        Write(LogLevel.Warning, text);
        _next.Note(text);
    }

    public void Output(string line)
    {
        Write(LogLevel.Debug, line);
        _next.Output(line);
    }

    public void Progress(string item, long done, long total) => _next.Progress(item, done, total);

    /// <summary>Why the build ended without a pak; for the log alone.</summary>
    public void Failed(IEnumerable<string> problems)
    {
        foreach (var problem in problems)
            Write(LogLevel.Error, problem);
    }

    public void Dispose()
    {
        try
        {
            _file.Dispose();
        }
        catch (IOException)
        {
            // What a full disk did not take before, it does not take now.
        }
    }

    private static void RollOver(string file)
    {
        for (var number = Earlier; number > 0; number--)
        {
            var from = number == 1 ? file : $"{file}.{number - 1}";
            if (File.Exists(from))
                File.Move(from, $"{file}.{number}", overwrite: true);
        }
    }

    private void Write(LogLevel level, string message)
    {
        if (level < _level)
            return;
        try
        {
            _file.WriteLine($"{_time.GetLocalNow().ToString("HH:mm:ss,fff", CultureInfo.InvariantCulture)} mp-build {level.Name()} {message}");
        }
        catch (IOException)
        {
            // A full disk ends the build where it matters, with the reason; not here.
        }
    }
}

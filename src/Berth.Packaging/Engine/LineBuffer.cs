using System.Text;

namespace Berth.Packaging.Engine;

/// <summary>Makes lines of text that comes in pieces.</summary>
internal sealed class LineBuffer(Action<string> line)
{
    private const int LongestLine = 2000;

    private readonly StringBuilder _pending = new();

    public void Append(string text)
    {
        foreach (var c in text)
        {
            if (c is not ('\n' or '\r') && _pending.Length < LongestLine)
                _pending.Append(char.IsControl(c) ? ' ' : c);
            else if (c is '\n' or '\r')
                Flush();
        }
    }

    /// <summary>Gives what has no line end yet.</summary>
    public void Flush()
    {
        if (_pending.Length > 0)
            line(_pending.ToString());
        _pending.Clear();
    }
}

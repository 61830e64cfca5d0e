namespace Berth.Packaging.Init;

/// <summary>Asks the person at the terminal for what the command line leaves open.</summary>
public interface IInitQuestions
{
    /// <param name="suggestion">The answer when nothing is typed; null: there has to be one.</param>
    /// <param name="problemOf">What is wrong with an answer; null: nothing.</param>
    /// <returns>Null is no answer: nobody is there.</returns>
    string? Ask(string question, string? suggestion, Func<string, string?> problemOf);
}

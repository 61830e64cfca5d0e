using Berth.Oci;
using Berth.Oci.Client;

namespace Berth.Packaging.Build;

/// <summary>Asks the person at the terminal for what the command line and the settings leave open. Null is no answer: nobody is there.</summary>
public interface IPackQuestions
{
    /// <param name="known">Directories of projects that were worked on before.</param>
    string? Project(IReadOnlyList<string> known);

    /// <summary>Where the appliance is to pull from.</summary>
    /// <param name="suggestion">Null: there is none.</param>
    /// <param name="problemOf">What is wrong with an answer; null: nothing.</param>
    string? Repository(string? suggestion, Func<string, string?> problemOf);

    /// <summary>The login to push with.</summary>
    /// <param name="problem">What the registry said to the one that was tried, or to none.</param>
    Credential? Login(RegistryHost registry, string problem);

    /// <summary>Whether manifest.txt is to name the kind that the adapter names.</summary>
    bool CorrectKind(string named, string described);
}

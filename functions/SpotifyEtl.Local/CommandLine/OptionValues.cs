using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using SpotifyEtl.Local.Terminal;
using SpotifyEtl.Spotify;

namespace SpotifyEtl.Local.CommandLine;

/// <summary>Options whose values are no text: what is none of them is told in words, and not by a type of .NET.</summary>
internal static class OptionValues
{
    /// <summary>Lets an option take whole numbers.</summary>
    public static Option<int?> TakesNumbers(this Option<int?> option)
    {
        option.CustomParser = result => int.TryParse(TextOf(result), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : Refuse<int?>(result, $"{option.Name} {TextOf(result)}: give a whole number.");
        return option;
    }

    /// <summary>Lets an option take these names.</summary>
    public static Option<T> TakesNames<T>(this Option<T> option)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>().Select(name => name.ToLowerInvariant()).ToList();
        option.CompletionSources.Clear();
        option.CompletionSources.Add([.. names]);
        option.CustomParser = result => names.FindIndex(name => name.Equals(TextOf(result), StringComparison.OrdinalIgnoreCase)) is >= 0 and var index
            ? Enum.GetValues<T>()[index]
            : Refuse<T>(result, $"{option.Name} {TextOf(result)}: give one of {string.Join(", ", names)}.");
        return option;
    }

    /// <summary>Lets an option that may be given several times take these names, in any case, and a shell complete them.</summary>
    public static Option<T[]> TakesNames<T>(this Option<T[]> option)
        where T : struct, Enum
    {
        option.CustomParser = result =>
        {
            List<T> values = [];
            foreach (var token in result.Tokens)
            {
                if (Enum.GetNames<T>().FirstOrDefault(name => name.Equals(token.Value, StringComparison.OrdinalIgnoreCase)) is not { } name)
                {
                    return Refuse<T[]>(result, $"{option.Name} {token.Value}: give one of {string.Join(", ", Enum.GetNames<T>())}.");
                }

                values.Add(Enum.Parse<T>(name));
            }

            return [.. values];
        };
        option.CompletionSources.Clear();
        option.CompletionSources.Add(Enum.GetNames<T>());
        return option;
    }

    /// <summary>Lets a shell complete the names of sources.</summary>
    public static void CompletesSources(this Option<string[]> option) => option.CompletionSources.Add([.. SourceId.OfUser.Select(source => source.Name)]);

    /// <exception cref="UsageException">There is no such source.</exception>
    public static SourceId ParseSource(string text) => SourceId.TryParse(text, out var id, out var error) ? id : throw new UsageException(error);

    private static string TextOf(ArgumentResult result) => result.Tokens.Count > 0 ? result.Tokens[^1].Value : string.Empty;

    private static T? Refuse<T>(ArgumentResult result, string message)
    {
        result.AddError(message);
        return default;
    }
}

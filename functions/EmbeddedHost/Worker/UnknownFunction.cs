namespace EmbeddedHost.Worker;

/// <summary>What Azure's host says of a name that no function of the app has.</summary>
internal static class UnknownFunction
{
    public const string ErrorType = "FunctionNotFound";

    public static string Message(string kind, string name, IEnumerable<string> known) =>
        $"The function '{name}' doesn't exist, is disabled, or is not an {kind} function. Additional info: "
        + $"The following are the known {kind} functions: {string.Join(", ", known.Order(StringComparer.Ordinal).Select(one => $"'{one}'"))}.";
}

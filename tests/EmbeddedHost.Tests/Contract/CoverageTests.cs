using System.Reflection;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Contract;

/// <summary>Keeps the suite whole: every public member of the two types that apps are written to has a test that calls it.</summary>
public sealed class CoverageTests
{
    private static readonly Dictionary<string, IReadOnlyList<MethodBase>> s_members = MembersOf(typeof(TaskOrchestrationContext), "context")
        .Concat(MembersOf(typeof(DurableTaskClient), "client"))
        .ToDictionary(member => member.Name, member => member.Accessors);

    public static TheoryData<string> Members => [.. s_members.Keys];

    [Theory]
    [MemberData(nameof(Members))]
    public void Every_public_member_has_a_test(string member) => Assert.True(Claims().Any(claim => claim.Member == member), $"No test covers {member}.");

    [Fact]
    public void Every_test_that_says_what_it_covers_names_a_member_and_its_class_calls_it()
    {
        var called = Claims().Select(claim => claim.Test.DeclaringType!).Distinct().ToDictionary(suite => suite, suite => CalledMethods.Of(suite).ToHashSet());

        Assert.All(Claims(), claim =>
        {
            Assert.True(s_members.ContainsKey(claim.Member), $"{claim.Test.Name} covers {claim.Member}, which is no member.");
            Assert.True(claim.Test.IsDefined(typeof(FactAttribute)), $"{claim.Test.Name} is no test.");
            Assert.True(
                s_members[claim.Member].Any(called[claim.Test.DeclaringType!].Contains), $"{claim.Test.DeclaringType!.Name} does not call {claim.Member}.");
        });
    }

    private static bool IsOfTheSuite(Type type) => type.Namespace == typeof(CoverageTests).Namespace;

    private static IEnumerable<(MethodInfo Test, string Member)> Claims() =>
        from type in Assembly.GetExecutingAssembly().GetTypes().Where(IsOfTheSuite)
        from test in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        from covers in test.GetCustomAttributes<CoversAttribute>()
        select (test, covers.Member);

    private static IEnumerable<(string Name, IReadOnlyList<MethodBase> Accessors)> MembersOf(Type type, string prefix)
    {
        const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        foreach (var property in type.GetProperties(Own))
        {
            yield return ($"{prefix}.{property.Name}", property.GetAccessors());
        }

        foreach (var method in type.GetMethods(Own).Where(method => !method.IsSpecialName))
        {
            var generics = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : string.Empty;
            var parameters = string.Join(", ", method.GetParameters().Select(parameter => NameOf(parameter.ParameterType)));
            yield return ($"{prefix}.{method.Name}{generics}({parameters})", [method]);
        }
    }

    private static string NameOf(Type type) => type switch
    {
        _ when type == typeof(string) => "string",
        _ when type == typeof(object) => "object",
        _ when type == typeof(bool) => "bool",
        _ when type == typeof(int) => "int",
        _ when Nullable.GetUnderlyingType(type) is { } underlying => NameOf(underlying) + "?",
        { IsGenericType: true } =>
            $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>",
        _ => type.Name,
    };
}

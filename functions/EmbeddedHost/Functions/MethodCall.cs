using System.Reflection;

namespace EmbeddedHost.Functions;

/// <summary>Calls a function's method, whatever it returns: nothing, a value, or a task of either.</summary>
internal static class MethodCall
{
    public static Func<object?, object?[], Task<object?>> Create(MethodInfo method)
    {
        var invoker = MethodInvoker.Create(method);
        var type = method.ReturnType;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>))
        {
            var unwrap = typeof(MethodCall).GetMethod(nameof(ResultOf), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(type.GetGenericArguments())
                .CreateDelegate<Func<Task, Task<object?>>>();
            return (target, arguments) => unwrap((Task)invoker.Invoke(target, arguments.AsSpan())!);
        }

        return type == typeof(Task)
            ? (target, arguments) => NothingOf((Task)invoker.Invoke(target, arguments.AsSpan())!)
            : (target, arguments) => Task.FromResult(invoker.Invoke(target, arguments.AsSpan()));
    }

    private static async Task<object?> ResultOf<T>(Task task) => await (Task<T>)task;

    private static async Task<object?> NothingOf(Task task)
    {
        await task;
        return null;
    }
}
